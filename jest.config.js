// The tests run on what the build wrote, so that what is tested is what is shipped: decorators, ESM and the
// worker threads behave as they do in production, and Jest needs no transform. The one exception is a package that
// @fastify/static requires and that is an ES module.
export default {
  rootDir: 'dist/tests',
  testMatch: ['<rootDir>/**/*.spec.js'],
  testPathIgnorePatterns: process.env.MITHAQ_TEST_LONG ? [] : ['/long/'],
  transform: { '/node_modules/content-disposition/': '<rootDir>/support/to-common-js.js' },
  transformIgnorePatterns: ['/node_modules/(?!content-disposition/)'],
  testEnvironment: 'node',
  testTimeout: process.env.MITHAQ_TEST_LONG ? 3_600_000 : 30_000,
};
