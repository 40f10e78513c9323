// The tests run on what the build wrote, so that what is tested is what is shipped: decorators, ESM and the
// worker threads behave as they do in production, and Jest needs no transform.
export default {
  rootDir: 'dist/tests',
  testMatch: ['<rootDir>/**/*.spec.js'],
  testPathIgnorePatterns: ['/long/'],
  transform: {},
  testEnvironment: 'node',
  testTimeout: 30_000,
};
