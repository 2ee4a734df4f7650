/** How a command ended. 0: done; 1: what was asked for does not hold; 2: it could not be tried. */
export type ExitCode = 0 | 1 | 2;
