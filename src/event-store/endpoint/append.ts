import { type EventStore, type ExpectedRevision, WrongExpectedRevision } from '../event-store.js';
import { streams } from './definitions.js';
import { InvalidRequest } from './errors.js';
import { nothing, setPosition, streamName } from './fields.js';
import { eventData, expectedRevision } from './proposed-events.js';

const { AppendResp } = streams;

type AppendRequest = InstanceType<typeof streams.AppendReq>;
type AppendAnswer = InstanceType<typeof AppendResp>;

/** Answers Append: first comes where to, then each event. */
export async function append(store: EventStore, [first, ...rest]: readonly AppendRequest[]): Promise<AppendAnswer> {
  const options = first?.getOptions();
  if (!options) throw new InvalidRequest('The options come first');
  const stream = streamName(options.getStreamIdentifier());
  const expected = expectedRevision(options, options.hasRevision() ? options.getRevision() : undefined);
  const events = rest.map((request) => {
    const proposed = request.getProposedMessage();
    if (!proposed) throw new InvalidRequest('After the options come events');
    return eventData(proposed);
  });
  try {
    const { nextExpectedRevision, position } = await store.append(stream, events, expected);
    const success = new AppendResp.Success()
      .setCurrentRevision(String(nextExpectedRevision))
      .setPosition(setPosition(new AppendResp.Position(), position));
    return new AppendResp().setSuccess(success);
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return wrongExpectedVersion(error.expected, error.actual);
    throw error;
  }
}

function wrongExpectedVersion(expected: ExpectedRevision, actual: number | 'no_stream'): AppendAnswer {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (actual === 'no_stream') wrong.setCurrentNoStream(nothing());
  else wrong.setCurrentRevision(String(actual));
  if (expected === 'no_stream') wrong.setExpectedNoStream(nothing());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(nothing());
  else if (expected === 'any') wrong.setExpectedAny(nothing());
  else wrong.setExpectedRevision(String(expected));
  return new AppendResp().setWrongExpectedVersion(wrong);
}
