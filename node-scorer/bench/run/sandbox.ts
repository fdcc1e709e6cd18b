/** A process of its own: the whole sandbox over one generated customer base. Started by run.bench.ts. */
import { startSandbox } from '../../../sandbox/start.ts';

export interface SandboxOptions {
  readonly accounts: number;
  readonly months: number;
}

export interface SandboxReady {
  readonly env: Readonly<Record<string, string>>;
  readonly seconds: number;
}

process.once('message', ({ accounts, months }: SandboxOptions) => {
  const begun = performance.now();
  void startSandbox({ accounts, months, port: 0 }).then(({ env }) => {
    process.send?.({ env, seconds: (performance.now() - begun) / 1_000 } satisfies SandboxReady);
  });
});
process.on('disconnect', () => process.exit());
