/**
 * Loaded before the tests, in each of mocha's processes: property tests try the same cases in each
 * run, so that a change is held against its own faults alone. At night they try other ones, and
 * print the seed under which those come again.
 */
import fc from 'fast-check';

const isNight = process.env['TRELLIS_TEST_SIZE'] === 'nightly';
const isChosen = process.env['TRELLIS_TEST_SEED'] !== undefined;
// Mocha's other processes take it over.
process.env['TRELLIS_TEST_SEED'] ??= String(isNight ? Date.now() % 2 ** 31 : 20_270_301);

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env['TRELLIS_TEST_SEED']),
});

if (isNight && !isChosen) console.log(`TRELLIS_TEST_SEED=${process.env['TRELLIS_TEST_SEED']}`);
