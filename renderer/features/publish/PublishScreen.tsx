import { Button } from '@mantine/core';
import { IconCircleCheck, IconSend } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { OutboxOp } from '#shared/contract/publish.ts';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useEngine, useEngineQuery } from '../../lib/engine.tsx';
import { useFieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { FindingLanes } from './FindingLanes.tsx';
import { GroupList } from './GroupList.tsx';
import { usePublishRun } from './publish-run.ts';
import { PublishOutcome } from './PublishOutcome.tsx';
import { PublishProgress } from './PublishProgress.tsx';
import styles from './publish.module.css';
import { RejectedEarlier } from './RejectedEarlier.tsx';
import { scopesOf, type Scope } from './scopes.ts';

/** What would be sent, cell by cell, with its findings; then the same place shows how it goes and how it ended. */
export function PublishScreen() {
  const t = useText();
  const engine = useEngine();
  const fields = useFieldTexts();
  const go = useNavigation((navigation) => navigation.go);
  const wanted = useNavigation((navigation) => navigation.params['accountId']);
  const [scope, setScope] = useState<Scope>(wanted === undefined ? {} : { accountId: wanted });
  const [chosen, setChosen] = useState<ReadonlyMap<string, OutboxOp>>(new Map());
  const { phase, start } = usePublishRun();
  const all = useEngineQuery('publish.preview', { limit: 1 });
  const shown = useEngineQuery('publish.preview', { ...scope, limit: 1 });
  const accounts = useEngineQuery('channels.list', {}).data?.accounts;
  const total = shown.data?.total ?? 0;
  const count = chosen.size > 0 ? chosen.size : total;

  const choose = useCallback((next: Scope) => {
    setScope(next);
    setChosen(new Map());
  }, []);
  const publish = useCallback(() => {
    if (count === 0) return;
    const scopes = chosen.size > 0 ? scopesOf([...chosen.values()]) : [scope];
    setChosen(new Map());
    start(engine, scopes, count).catch(notifyError);
  }, [engine, start, chosen, scope, count]);

  const running = phase === 'running';
  const actions = useMemo<Action[]>(
    () => [
      {
        id: 'publish.run',
        label: t('publish.run', { count, some: chosen.size > 0 ? 'yes' : 'no' }),
        group: t('publish.title'),
        shortcut: 'mod+shift+P',
        disabled: count === 0 || running,
        run: publish,
      },
    ],
    [t, count, chosen.size, running, publish],
  );
  useOffer('publish', actions);

  const error = all.error ?? shown.error;
  const button = (
    <Button
      leftSection={<IconSend size={14} />}
      disabled={count === 0 || running}
      loading={running}
      onClick={publish}
    >
      {t('publish.run', { count, some: chosen.size > 0 ? 'yes' : 'no' })}
    </Button>
  );
  if (!all.data || !shown.data || !accounts) {
    return (
      <ScreenFrame title={t('publish.title')}>
        {error ? <ErrorNotice error={error} onRetry={() => void all.refetch()} /> : <Loading />}
      </ScreenFrame>
    );
  }
  const empty = all.data.total === 0;
  return (
    <ScreenFrame
      title={t('publish.title')}
      subtitle={
        empty ? undefined : t('publish.subtitle', { count: all.data.total, listings: all.data.listings })
      }
      actions={empty && !running ? undefined : button}
    >
      {phase === 'running' && <PublishProgress />}
      {phase !== 'running' && phase !== 'idle' && <PublishOutcome accounts={accounts} fields={fields} />}
      <RejectedEarlier accounts={accounts} fields={fields} />
      {empty ? (
        !running && (
          <EmptyState
            icon={IconCircleCheck}
            title={t('publish.empty.title')}
            text={t('publish.empty.text')}
            action={<Button onClick={() => go('listings')}>{t('publish.empty.listings')}</Button>}
          />
        )
      ) : (
        <div className={styles['review']}>
          <GroupList
            all={all.data}
            shown={shown.data}
            accounts={accounts}
            fields={fields}
            scope={scope}
            onScope={choose}
          />
          <div className={styles['changes']}>
            <FindingLanes preview={shown.data} fields={fields} />
            <ChangeTable
              key={JSON.stringify(scope)}
              scope={scope}
              total={total}
              preview={shown.data}
              accounts={accounts}
              fields={fields}
              chosen={chosen}
              onChoose={setChosen}
            />
          </div>
        </div>
      )}
    </ScreenFrame>
  );
}
