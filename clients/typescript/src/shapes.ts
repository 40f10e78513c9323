import type { components } from './api.js';

type Schemas = components['schemas'];

/** The data of each command, by its name. */
export type Commands = Schemas['Commands'];
/** The parameters and the answer of each question, by its path. */
export type Queries = Schemas['Queries'];

export type CommandResult = Schemas['CommandResult'];
export type CloudEvent = Schemas['CloudEvent'];
export type FeedLine = Schemas['FeedLine'];
export type Problem = Schemas['Problem'];
