// How Node.js is started for the server: by `npm start`, by the command `fieldline`, and by tests and benchmarks.

/**
 * Half of the space that each thread has for short-lived objects. Measured with 2 million readings: with V8's default of 32 the
 * main thread takes 100 MB and keeps them, with this 30, for the same processor time; with 8 the engine thread needs a twentieth more.
 */
const SEMI_SPACE_MB = 16;
/**
 * How much the rest of a heap grows before it is collected again, in percent of what was left of it. V8 decides by the rate at which it
 * fills, and lets the engine thread grow from 70 to 260 MB while it works off what waited: 831 MB in all instead of 554. With 50 it is 500,
 * but with 10,000 messages under way all threads together take a twentieth more of the processor.
 */
const HEAP_GROWTH_PERCENT = 100;

/**
 * Arguments for Node.js, before the program. Without the second one V8 guesses which objects will live long and makes them where only
 * whole collections find them; of objects that live as long as a message it guesses wrong in two starts of three, which then take
 * a tenth fewer messages, with acknowledgements of 28 ms instead of 21 (p99), and 60 MB more.
 */
export const serverFlags = [
  '--enable-source-maps',
  '--no-allocation-site-pretenuring',
  `--max-semi-space-size=${SEMI_SPACE_MB}`,
  `--heap-growing-percent=${HEAP_GROWTH_PERCENT}`,
];

/**
 * The environment of the server. glibc keeps what was freed in pools (`MALLOC_ARENA_MAX`), of which nearly every thread has
 * its own, and gives it to that thread only: with two pools 70 MB less lie idle under load. What is a megabyte or more, such as
 * the points of one packing, goes back to the system at once (`MALLOC_MMAP_THRESHOLD_`): 55 MB less. Other C libraries do not read
 * either, and what the person who starts the server has set stays.
 */
export function serverEnvironment(given) {
  return { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: String(1024 * 1024), ...given };
}
