#!/usr/bin/env node
import { InvalidSettings } from '../settings.js';
import { CliError, EXIT } from './exit-codes.js';
import { program } from './program.js';

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CliError) {
    if (error.message !== '') process.stderr.write(`${error.message}\n`);
    process.exitCode = error.code;
  } else if (error instanceof InvalidSettings) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.usage;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = EXIT.failed;
  }
}
