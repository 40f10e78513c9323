export type { components } from './api.js';
export { MithaqClient, type ClientOptions, type CommandOptions, type QueryOptions } from './client.js';
export type { FeedOptions, FeedStep } from './feed.js';
export {
  type Checkpoint,
  checkInclusion,
  type Inclusion,
  type InclusionClaim,
  isConsistent,
  isSignedBy,
  isSignedByAny,
  leadsOnFrom,
  leafHash,
  readCheckpoint,
  rootOf,
} from './inclusion.js';
export { MithaqProblem } from './problem.js';
export type { CloudEvent, CommandResult, Commands, Problem, Queries } from './shapes.js';
