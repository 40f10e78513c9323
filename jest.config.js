// The tests run on what the build wrote, so that what is tested is what is shipped: decorators, ESM and the
// worker threads behave as they do in production, and Jest needs no transform.
export default {
  rootDir: 'dist/tests',
  testMatch: ['<rootDir>/**/*.spec.js'],
  testPathIgnorePatterns: process.env.MITHAQ_TEST_LONG ? [] : ['/long/'],
  transform: {},
  testEnvironment: 'node',
  testTimeout: process.env.MITHAQ_TEST_LONG ? 3_600_000 : 30_000,
};
