/** Whether a store's location is a connection string of EventStoreDB; else it is the path of the embedded store's file. */
export const isConnectionString = (location: string): boolean => /^esdb(\+discover)?:\/\//.test(location);
