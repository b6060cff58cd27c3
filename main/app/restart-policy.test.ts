import { describe, expect, it } from 'vitest';
import { decideRestart } from './restart-policy.ts';

describe('restarting the engine', () => {
  it('waits longer each time and gives up after three deaths in a minute', () => {
    expect(decideRestart([0], 0)).toEqual({ restart: true, delayMs: 200 });
    expect(decideRestart([0, 500], 500)).toEqual({ restart: true, delayMs: 800 });
    expect(decideRestart([0, 500, 2_000], 2_000)).toEqual({ restart: false });
  });

  it('forgets deaths of long ago', () => {
    expect(decideRestart([0, 500, 100_000], 100_000)).toEqual({ restart: true, delayMs: 200 });
  });
});
