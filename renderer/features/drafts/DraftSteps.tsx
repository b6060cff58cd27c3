import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Draft } from '#shared/contract/drafts.ts';
import type { Params } from '#shared/contract/methods.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import styles from './drafts.module.css';

export interface DraftStepsProps {
  readonly draft: Draft;
  readonly overwrite: NonNullable<Params<'drafts.merge'>['overwrite']>;
}

/** What can be done with a draft in its state. */
export function DraftSteps({ draft, overwrite }: DraftStepsProps) {
  const t = useText();
  const engine = useEngine();
  const [person, setPerson] = useState('');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const { draftId, state, name, cells } = draft;
  const by = person.trim();
  const run = (work: () => Promise<string>): void => {
    setBusy(true);
    work()
      .then((text) => notifyDone(text))
      .catch(notifyError)
      .finally(() => setBusy(false));
  };
  const said = note.trim() === '' ? {} : { note: note.trim() };
  const step = (key: string, disabled: boolean, work: () => Promise<string>, primary = false) => (
    <Button
      key={key}
      size="compact-sm"
      variant={primary ? 'filled' : 'default'}
      disabled={disabled || isBusy}
      onClick={() => run(work)}
    >
      {t(`drafts.do.${key}`)}
    </Button>
  );
  const merge = async (): Promise<string> => {
    const { applied, rejectedTotal } = await engine.call('drafts.merge', { draftId, overwrite });
    return t('drafts.merged', { applied, left: rejectedTotal });
  };
  const collect = async (): Promise<string> => {
    const { moved, skipped } = await engine.call('drafts.collect', { draftId });
    return t('drafts.collected', { moved, skipped });
  };
  const submit = async (): Promise<string> => {
    await engine.call('drafts.submit', { draftId, by });
    setPerson('');
    return t('drafts.done.submit', { name });
  };
  const approve = async (): Promise<string> => {
    await engine.call('drafts.approve', { draftId, by, ...said });
    return t('drafts.done.approve', { name });
  };
  const reopen = async (): Promise<string> => {
    await engine.call('drafts.reopen', { draftId, ...said });
    return t('drafts.done.reopen', { name });
  };
  const discard = async (): Promise<string> => {
    await engine.call('drafts.discard', { draftId });
    return t('drafts.done.discard', { name });
  };
  const isOpen = state === 'open';
  return (
    <div className={styles['steps']}>
      {(isOpen || state === 'review') && (
        <TextInput
          size="xs"
          aria-label={t('drafts.person')}
          placeholder={t('drafts.person')}
          value={person}
          maxLength={120}
          onChange={(event) => setPerson(event.currentTarget.value)}
        />
      )}
      {state === 'review' && (
        <TextInput
          size="xs"
          aria-label={t('drafts.note')}
          placeholder={t('drafts.note')}
          value={note}
          maxLength={2_000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {isOpen && step('submit', by === '' || cells === 0, submit)}
      {state === 'review' && step('approve', by === '', approve, true)}
      {isOpen && step('collect', false, collect)}
      {!isOpen && step('reopen', false, reopen)}
      {state !== 'merged' && state !== 'discarded' && step('discard', false, discard)}
      {(isOpen || state === 'approved') && step('merge', cells === 0, merge, true)}
    </div>
  );
}
