import { describe, expect, it } from 'vitest';
import { appState } from './connection.ts';

const ready = { state: 'ready' } as const;

describe('state of the window', () => {
  it('is ready only when the engine has answered', () => {
    expect(appState({ engine: { state: 'starting' }, connected: false, generation: 0 })).toBe('starting');
    expect(appState({ engine: ready, connected: false, generation: 0 })).toBe('starting');
    expect(appState({ engine: ready, connected: true, generation: 1 })).toBe('ready');
  });

  it('is a restart after the first connection, until the engine gives up', () => {
    expect(appState({ engine: { state: 'restarting' }, connected: false, generation: 1 })).toBe('restarting');
    expect(appState({ engine: ready, connected: false, generation: 1 })).toBe('restarting');
    const failed = { state: 'failed', code: 'WORKSPACE_CORRUPT', message: '' } as const;
    expect(appState({ engine: failed, connected: false, generation: 1 })).toBe('failed');
  });
});
