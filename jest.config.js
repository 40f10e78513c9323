// The tests run on what the build wrote, so that what is tested is what is shipped: decorators, ESM and the
// worker threads behave as they do in production, and Jest needs no transform.
export default {
  rootDir: 'dist/tests',
  testMatch: ['<rootDir>/**/*.spec.js'],
  testPathIgnorePatterns: process.env.MITHAQ_TEST_LONG ? [] : ['/long/'],
  transform: {},
  testEnvironment: 'node',
  // Most wait for a process, a socket or a disk: as many at a time as there are processors, where Jest would leave one.
  maxWorkers: '100%',
  testTimeout: process.env.MITHAQ_TEST_LONG ? 3_600_000 : 30_000,
};
