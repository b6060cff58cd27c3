import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Hold } from '#shared/contract/publish.ts';
import { PLATFORMS } from '#shared/domain/platforms.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { actorText } from './actor-text.ts';
import { Age } from '../../ui/Age.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import styles from './publish.module.css';

type Kind = Hold['kind'];
const KINDS: readonly Kind[] = ['sku', 'platform', 'account'];

export interface PausedViewProps {
  readonly tabs: ReactNode;
  /** Filled in for a start. */
  readonly sku: string | null;
  readonly platform: string | null;
}

/** What stays here for now: one SKU, one channel or one account; by whom, since when, and how to go on. */
export function PausedView({ tabs, sku, platform }: PausedViewProps) {
  const t = useText();
  const list = useEngineQuery('publish.paused', {});
  const accounts = useEngineQuery('channels.list', {}).data?.accounts.filter((a) => a.platform !== 'local');
  const pause = useEngineCommand('publish.pause');
  const resume = useEngineCommand('publish.resume');
  const update = useEngineCommand('channels.update');
  const [kind, setKind] = useState<Kind>(platform === null ? 'sku' : 'platform');
  const [value, setValue] = useState(sku ?? platform ?? '');
  const [reason, setReason] = useState('');
  if (!list.data || !accounts) {
    return (
      <ScreenFrame title={t('publish.title')} tabs={tabs}>
        {list.error ? <ErrorNotice error={list.error} onRetry={() => void list.refetch()} /> : <Loading />}
      </ScreenFrame>
    );
  }
  const { paused } = list.data;
  const nameOf = (hold: Pick<Hold, 'kind' | 'value'>): string => {
    if (hold.kind === 'sku') return hold.value;
    if (hold.kind === 'platform') return t(`shell.platform.${hold.value}`);
    return accounts.find(({ accountId }) => accountId === hold.value)?.name ?? hold.value;
  };
  const targetOf = (what: Kind, name: string) => {
    const found = PLATFORMS.find((each) => each === name);
    if (what === 'sku') return { sku: name };
    return found ? { platform: found } : {};
  };
  const options = { onError: notifyError };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = value.trim();
    if (name === '') return;
    const done = {
      ...options,
      onSuccess: () => {
        setValue('');
        setReason('');
      },
    };
    if (kind === 'account') update.mutate({ accountId: name, paused: true }, done);
    else pause.mutate({ ...targetOf(kind, name), ...(reason.trim() ? { reason: reason.trim() } : {}) }, done);
  };
  const release = (hold: Hold): void => {
    if (hold.kind === 'account') update.mutate({ accountId: hold.value, paused: false }, options);
    else resume.mutate(targetOf(hold.kind, hold.value), options);
  };
  const choices =
    kind === 'platform'
      ? [...new Set(accounts.map((each) => each.platform))].map((each) => ({
          value: each as string,
          label: t(`shell.platform.${each}`),
        }))
      : accounts
          .filter(({ status }) => status !== 'paused')
          .map((each) => ({ value: each.accountId, label: each.name }));
  return (
    <ScreenFrame title={t('publish.title')} tabs={tabs}>
      <div className={styles['page']}>
        <p className="qs-muted">{t('publish.paused.meaning')}</p>
        <form className={styles['pauseForm']} onSubmit={submit}>
          <SegmentedControl
            className={styles['narrow'] ?? ''}
            size="xs"
            aria-label={t('publish.pause.kind')}
            value={kind}
            data={KINDS.map((each) => ({ value: each, label: t(`publish.pause.${each}`) }))}
            onChange={(next) => {
              setKind(next);
              setValue('');
            }}
          />
          {kind === 'sku' ? (
            <TextInput
              label={t('publish.pause.sku')}
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          ) : (
            <Select
              label={t(`publish.pause.${kind}`)}
              data={choices}
              value={value === '' ? null : value}
              onChange={(next) => setValue(next ?? '')}
            />
          )}
          {kind !== 'account' && (
            <TextInput
              label={t('publish.pause.reason')}
              value={reason}
              maxLength={300}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <Button
            type="submit"
            className={styles['narrow'] ?? ''}
            disabled={value.trim() === ''}
            loading={pause.isPending || update.isPending}
          >
            {t('publish.pause')}
          </Button>
        </form>
        {paused.length === 0 ? (
          <EmptyState
            icon={IconPlayerPause}
            title={t('publish.paused.none.title')}
            text={t('publish.paused.none.text')}
          />
        ) : (
          <ul className={styles['lines']} aria-label={t('publish.paused.list')}>
            {paused.map((hold) => (
              <li key={`${hold.kind} ${hold.value}`}>
                <div className={styles['words']}>
                  <strong>{t(`publish.paused.${hold.kind}`, { what: nameOf(hold) })}</strong>
                  {hold.reason !== '' && <span>{hold.reason}</span>}
                  {hold.at > 0 && (
                    <span className="qs-muted">
                      {actorText(hold.actor, t)} · <Age at={hold.at} />
                    </span>
                  )}
                </div>
                <Button
                  variant="default"
                  aria-label={t('publish.resume.one', { what: nameOf(hold) })}
                  disabled={resume.isPending || update.isPending}
                  onClick={() => release(hold)}
                >
                  {t('publish.resume')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </ScreenFrame>
  );
}
