import { Command } from 'commander';
import { RetryableError } from '../shared/errors.js';
import type { CliContext } from './context.js';
import type { Check } from './doctor-checks.js';

const HELP = `
Examples:
  $ palistream doctor
  $ palistream doctor --json

The exit code is 0 when everything that a caption needs works, else 1.`;

export function doctorCommand(context: CliContext): Command {
  return new Command('doctor')
    .description('look whether everything that is needed works here')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (options: { readonly json?: boolean }) => {
      const { doctorChecks } = await import('./doctor-checks.js');
      const checks = await doctorChecks(context.config);
      const ok = checks.every((check) => check.ok);
      context.stdout.write(
        options.json === true ? `${JSON.stringify({ ok, checks })}\n` : checks.map(checkText).join(''),
      );
      const broken = checks.filter((check) => !check.ok).map((check) => check.name);
      if (ok) return;
      throw new RetryableError(
        'doctor_found_problems',
        `not all that is needed works (${broken.join(', ')}): mend it and try again`,
      );
    });
}

function checkText({ name, ok, found, advice }: Check): string {
  const line = `${ok ? (advice === null ? 'ok  ' : 'note') : 'FAIL'}  ${name.padEnd(12)} ${found}\n`;
  return advice === null ? line : `${line}${' '.repeat(19)}${advice}\n`;
}
