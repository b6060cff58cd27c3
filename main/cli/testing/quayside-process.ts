import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { WooCommerceSimulator } from '../../simulator/woocommerce/start.ts';

const COMMAND = resolve('scripts/quayside.mjs');

export interface Outcome {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details?: Record<string, unknown>;
}

export interface RunOptions {
  readonly env?: Record<string, string>;
  readonly input?: string;
  /** Called with every chunk of the run's output and its process id. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the real command in a process of its own. */
export async function quayside(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  options.onStart?.((signal) => child.kill(signal));
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, [code, signal]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  return { code, signal, stdout, stderr };
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A workspace in a folder of its own, driven by the command alone. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'quayside-cli-'));
  readonly workspace = join(this.folder, 'shop');
  private readonly env: Record<string, string> = { QUAYSIDE_VAULT_KEY: join(this.folder, 'vault.key') };

  /** The answer of a run that has to succeed. */
  async ok<T = Record<string, never>>(args: readonly string[], options: RunOptions = {}): Promise<T> {
    const outcome = await this.run(args, options);
    if (outcome.code !== 0) throw new Error(`quayside ${args.join(' ')}: ${outcome.stderr}`);
    return JSON.parse(outcome.stdout) as T;
  }

  /** The coded error of a run that has to fail with exit code 1. */
  async failure(args: readonly string[], options: RunOptions = {}): Promise<Failure> {
    const outcome = await this.run(args, options);
    if (outcome.code !== 1)
      throw new Error(`quayside ${args.join(' ')} ended with ${outcome.code}: ${outcome.stdout}`);
    return JSON.parse(outcome.stderr) as Failure;
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    return quayside([...args, '--workspace', this.workspace], {
      ...options,
      env: { ...this.env, ...options.env },
    });
  }

  call<T = Record<string, never>>(method: string, params: unknown = {}): Promise<T> {
    return this.ok<T>(['call', method, '-'], { input: JSON.stringify(params) });
  }

  async create(): Promise<void> {
    const made = await quayside(['workspace', 'create', this.workspace], { env: this.env });
    if (made.code !== 0) throw new Error(made.stderr);
  }

  /** Creates the workspace, adds the shop to it and reads it. */
  async connect(shop: Pick<WooCommerceSimulator, 'url' | 'credentials'>): Promise<string> {
    await this.create();
    const { accountId } = await this.add(shop);
    await this.ok(['pull']);
    return accountId;
  }

  add(shop: Pick<WooCommerceSimulator, 'url' | 'credentials'>): Promise<{ accountId: string }> {
    return this.call('channels.add', {
      platform: 'woocommerce',
      name: 'Shop',
      baseUrl: shop.url,
      credentials: shop.credentials,
    });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
