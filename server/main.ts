#!/usr/bin/env node
import { runCommandLine } from './cli/command-line.ts';

// Whoever reads along may have read enough (`trellis test | head`): the rest is said to nobody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2));
