import { CodedError } from '#shared/errors/coded-error.ts';
import { FaultPlan, type FaultName } from './fault-plan.ts';
import { startSimServer, type SimAnswer, type SimServer, type SimServerOptions } from './http-server.ts';
import { picture } from './picture.ts';
import { Random } from './random.ts';
import { RequestLog } from './request-log.ts';

/** What every simulated shop can be started with. */
export interface CommonOptions {
  /** Sellable listings: a variant each. */
  readonly listings?: number;
  readonly orders?: number;
  /** Same seed, same shop. */
  readonly seed?: number;
  /** On 127.0.0.1; 0 = any free one. */
  readonly port?: number;
  /** Faults that happen now and then. */
  readonly faults?: readonly FaultName[];
  /** The moment that the first orders and changes are counted back from, epoch ms; by default now. */
  readonly baseMs?: number;
  /** Keeps what changes in this file, so that the next start goes on from there. */
  readonly stateFile?: string;
  /** The shop's clock, epoch ms. */
  readonly now?: () => number;
}

/** What the first content of a shop follows from. */
export interface ShopShape {
  readonly seed: number;
  readonly listings: number;
  readonly orders: number;
  readonly baseMs: number;
}

export interface Common {
  readonly now: () => number;
  readonly shape: ShopShape;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
}

const LISTINGS = 300;
const ORDERS = 60;

/** Clock, shape, faults and log of a shop that is about to start. */
export function common(
  options: CommonOptions,
  defaults: { readonly listings?: number; readonly orders?: number; readonly faultSeed?: number } = {},
): Common {
  const { seed = 1, now = Date.now } = options;
  const faults = new FaultPlan(new Random(seed + (defaults.faultSeed ?? 97)));
  faults.sometimes(options.faults ?? []);
  const shape = {
    seed,
    listings: options.listings ?? defaults.listings ?? LISTINGS,
    orders: options.orders ?? defaults.orders ?? ORDERS,
    baseMs: options.baseMs ?? now(),
  };
  return { now, shape, faults, log: new RequestLog() };
}

/** A shop's file as far as starting and ending it goes. */
export interface Keeping {
  /** Port of the last run: with the same one the addresses of pictures stay the same. */
  readonly port: number | undefined;
  remember(port: number): void;
  close(): void;
}

/**
 * Opens the shop's door at the wanted port, at the one of its last run, or at
 * any free one. Every answer is followed by `save`, the end too. Throws
 * BAD_INPUT when a port that was asked for is taken.
 */
export async function openDoor(
  { port }: Pick<CommonOptions, 'port'>,
  state: Keeping | null,
  save: () => void,
  server: Omit<SimServerOptions, 'port'>,
): Promise<SimServer> {
  const answer: SimServerOptions['answer'] = (request) => {
    const given = server.answer(request);
    save();
    return given;
  };
  const wanted = port ?? state?.port ?? 0;
  const opened = await startAtPort(wanted, port === undefined, { ...server, answer }).catch(
    (error: unknown) => {
      state?.close();
      throw error;
    },
  );
  state?.remember(opened.port);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      save();
      state?.close();
    },
  };
}

/** The wanted port, or any free one when somebody else has taken it meanwhile. */
async function startAtPort(
  port: number,
  yielding: boolean,
  options: Omit<SimServerOptions, 'port'>,
): Promise<SimServer> {
  try {
    return await startSimServer({ ...options, port });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken) throw error;
    if (yielding && port !== 0) return startSimServer({ ...options, port: 0 });
    throw new CodedError('BAD_INPUT', `Port ${port} is in use; choose another one, or 0 for any`, { port });
  }
}

/** Where pictures of the shops live. */
export const PICTURES = '/wp-content/uploads/';

/** The picture at a path; null when the path is none of a picture. */
export function pictureAt(pathname: string): SimAnswer | null {
  if (!pathname.startsWith(PICTURES)) return null;
  const headers = { 'content-type': 'image/png', 'cache-control': 'max-age=86400' };
  return { status: 200, headers, body: picture(pathname) };
}
