import { randomUUID } from 'node:crypto';
import { gossip, serverFeatures } from './definitions.js';
import { toUuid } from './fields.js';

/** The version of EventStoreDB whose protocol this is: the first that says when a subscription has caught up. */
const PROTOCOL_VERSION = '23.10.0';

const METHODS: readonly [service: string, method: string][] = [
  ['event_store.client.streams.Streams', 'read'],
  ['event_store.client.streams.Streams', 'append'],
  ['event_store.client.streams.Streams', 'batchappend'],
  ['event_store.client.gossip.Gossip', 'read'],
  ['event_store.client.server_features.ServerFeatures', 'getsupportedmethods'],
];

/** What a client may call. */
export function supportedMethods() {
  const methods = METHODS.map(([service, method]) =>
    new serverFeatures.SupportedMethod().setServiceName(service).setMethodName(method),
  );
  return new serverFeatures.SupportedMethods().setEventStoreServerVersion(PROTOCOL_VERSION).setMethodsList(methods);
}

const instanceId = randomUUID();

/** A cluster of one, at the address by which the client has reached it. */
export function clusterOf(authority: string, port: number) {
  const [, ipv6, name, ownPort] = /^(?:\[(.+)\]|([^:]*))(?::(\d+))?$/.exec(authority) ?? [];
  const member = new gossip.MemberInfo()
    .setInstanceId(toUuid(instanceId))
    .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
    .setState(gossip.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(ipv6 ?? name ?? authority).setPort(Number(ownPort) || port));
  return new gossip.ClusterInfo().setMembersList([member]);
}
