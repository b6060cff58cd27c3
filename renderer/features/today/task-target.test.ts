import { describe, expect, it } from 'vitest';
import { taskSchema, type Task } from '#shared/contract/workspace.ts';
import { messages } from '../../locales/messages.ts';
import { targetOf } from './task-target.ts';

const KINDS = taskSchema.shape.kind.options;
const task = (kind: Task['kind'], facts: Task['facts'] = {}): Task => ({
  id: kind,
  kind,
  count: 1,
  severity: 'soon',
  facts,
});

describe('tasks of the day', () => {
  it('each have a sentence, a reason and an action', () => {
    for (const kind of KINDS)
      for (const part of ['', '.why', '.action'])
        expect(messages('en')).toHaveProperty([`today.task.${kind}${part}`]);
  });

  it('lead to the account that they are about', () => {
    const accountId = '018f3a5e-0000-7000-8000-000000000001';
    expect(targetOf(task('auth_required', { accountId }))).toEqual({
      screen: 'channels',
      params: { accountId, panel: 'keys' },
    });
  });

  it('only a backup is made on the spot', () => {
    expect(KINDS.filter((kind) => targetOf(task(kind)) === null)).toEqual(['no_backup']);
  });
});
