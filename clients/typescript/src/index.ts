export type { components } from './api.js';
export { MithaqClient, type ClientOptions, type CommandOptions, type QueryOptions } from './client.js';
export type { FeedOptions, FeedStep } from './feed.js';
export { checkInclusion, type Inclusion, type InclusionClaim, isSignedBy, leafHash, rootOf } from './inclusion.js';
export { MithaqProblem } from './problem.js';
export type { CloudEvent, CommandResult, Commands, Problem, Queries } from './shapes.js';
