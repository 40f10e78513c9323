/** How often a property is tried: so many times in the normal run, forty times as often in `npm run test:long`. */
export const runs = (normal: number): { readonly numRuns: number } => ({
  numRuns: process.env['MITHAQ_TEST_LONG'] ? normal * 40 : normal,
});
