import type { Command, Option } from 'commander';
import type { CheckEvidence } from './audit-evidence.ts';
import type { VerifyAudit } from './audit-verify.ts';
import type { RunCommand, Shared } from './command-run.ts';

/** Adds the commands about the history that can be trusted. */
export function addAuditCommands(program: Command, run: RunCommand, json: () => Option): void {
  const audit = program
    .command('audit')
    .description('the signed history: checkpoints, and holding everything against them');
  audit
    .command('checkpoint')
    .description('sign now what has moved since the newest checkpoint')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./audit.ts')).auditCheckpoint(output)),
    );
  audit
    .command('verify')
    .option('--anchor <file>', 'hold the checkpoints against those in this file')
    .option('--key <key...>', 'public keys to trust, beside that of these settings')
    .option('--fold', 'take every event again as well')
    .description('hold every entry, act and checkpoint against each other; nothing is changed')
    .addOption(json())
    .action((options: Shared & VerifyAudit) =>
      run(options, async (output) =>
        (await import('./audit-verify.ts')).auditVerify(options, output),
      ),
    );
  audit
    .command('export')
    .argument('<reference>', 'the reference of the case')
    .requiredOption('--out <file>', 'the file to write; it must not exist')
    .description('write the evidence of one case: it verifies without the database')
    .addOption(json())
    .action((reference: string, options: Shared & { out: string }) =>
      run(options, async (output) =>
        (await import('./audit-evidence.ts')).auditExport(reference, options.out, output),
      ),
    );
  audit
    .command('check')
    .argument('<file>', 'what "audit export" wrote')
    .option('--anchor <file>', 'believe the checkpoints in this file')
    .option('--key <key...>', 'believe what these public keys have signed')
    .description('verify the evidence of a case, without the database')
    .addOption(json())
    .action((file: string, options: Shared & CheckEvidence) =>
      run(options, async (output) =>
        (await import('./audit-evidence.ts')).auditCheck(file, options, output),
      ),
    );
  audit
    .command('key')
    .description('print the public key by which hosts of these settings sign')
    .addOption(json())
    .action((options: Shared) =>
      run(options, async (output) => (await import('./audit.ts')).auditKey(output)),
    );
}
