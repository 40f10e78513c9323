// For a dependency that requires an ES module: Node 20.19 and later can, Jest there can't.
const { transformSync } = require('@swc/core');

module.exports = {
  process: (source, filename) => transformSync(source, { filename, module: { type: 'commonjs' }, swcrc: false }),
};
