import { transformSync } from '@swc/core';

/** For Jest: a package requires an ES module, which Node 20.19 and later can, and Jest there can't. */
export default {
  process: (source: string, filename: string) =>
    transformSync(source, { filename, module: { type: 'commonjs' }, swcrc: false }),
};
