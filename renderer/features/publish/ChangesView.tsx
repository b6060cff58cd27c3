import { Button } from '@mantine/core';
import { IconCalendarClock, IconCircleCheck, IconMessageQuestion, IconSend } from '@tabler/icons-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
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
import { useAskChannel } from './ask-channel.ts';
import { AskOutcome } from './AskOutcome.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { FindingLanes } from './FindingLanes.tsx';
import { GroupList } from './GroupList.tsx';
import { usePublishRun } from './publish-run.ts';
import { PublishOutcome } from './PublishOutcome.tsx';
import { PublishProgress } from './PublishProgress.tsx';
import styles from './publish.module.css';
import { RejectedEarlier } from './RejectedEarlier.tsx';
import { ScheduleForm, type Pending } from './ScheduleForm.tsx';
import { scopesOf, type Scope } from './scopes.ts';

export interface ChangesViewProps {
  readonly tabs: ReactNode;
  /** Edits of this listing are to be scheduled at once. */
  readonly scheduleListing: string | null;
  readonly onScheduled: () => void;
}

/** What would be sent, cell by cell, with its findings; then the same place shows how it goes and how it ended. */
export function ChangesView({ tabs, scheduleListing, onScheduled }: ChangesViewProps) {
  const t = useText();
  const engine = useEngine();
  const fields = useFieldTexts();
  const go = useNavigation((navigation) => navigation.go);
  const wanted = useNavigation((navigation) => navigation.params['accountId']);
  const asked = useNavigation((navigation) => navigation.params['state']);
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

  const { phase: askPhase, answer, ask } = useAskChannel();
  const asking = askPhase === 'asking';
  // Only what a channel that can be asked has waiting.
  const canBeTried = shown.data?.canBeTried;
  const askable = useMemo(() => {
    if (canBeTried === undefined) return { count: 0, scopes: [] };
    const able = new Set(canBeTried);
    const some = [...chosen.values()].filter(({ accountId }) => able.has(accountId));
    if (chosen.size > 0) return { count: some.length, scopes: scopesOf(some) };
    const groups = shown.data?.groups.filter(({ accountId }) => able.has(accountId)) ?? [];
    const sum = groups.reduce((before, group) => before + group.count, 0);
    const own = [...new Set(groups.map(({ accountId }) => accountId))];
    return { count: sum, scopes: own.map((accountId) => ({ ...scope, accountId })) };
  }, [canBeTried, shown.data, chosen, scope]);
  const askNow = useCallback(() => {
    if (askable.count > 0) ask(engine, askable.scopes, askable.count).catch(notifyError);
  }, [ask, engine, askable]);

  const running = phase === 'running';
  const [scheduling, setScheduling] = useState<Pending | null>(
    scheduleListing === null ? null : { listingIds: [scheduleListing] },
  );
  const schedule = useCallback(() => {
    if (count > 0) setScheduling(chosen.size > 0 ? { opIds: [...chosen.keys()] } : scope);
  }, [count, chosen, scope]);
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
      {
        id: 'publish.schedule',
        label: t('publish.schedule.some', { count }),
        group: t('publish.title'),
        shortcut: 'mod+shift+D',
        disabled: count === 0,
        run: schedule,
      },
      {
        id: 'publish.ask',
        label: t('publish.ask', { count: askable.count }),
        group: t('publish.title'),
        shortcut: 'mod+shift+A',
        disabled: askable.count === 0 || asking,
        run: askNow,
      },
    ],
    [t, count, chosen.size, running, publish, askable.count, asking, askNow, schedule],
  );
  useOffer('publish', actions);

  const error = all.error ?? shown.error;
  const button = (
    <>
      {askable.count > 0 && (
        <Button
          variant="default"
          leftSection={<IconMessageQuestion size={14} />}
          title={t('publish.ask.meaning')}
          loading={asking}
          onClick={askNow}
        >
          {t('publish.ask', { count: askable.count })}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconCalendarClock size={14} />}
        disabled={count === 0}
        onClick={schedule}
      >
        {t('publish.schedule')}
      </Button>
      <Button
        leftSection={<IconSend size={14} />}
        disabled={count === 0 || running}
        loading={running}
        onClick={publish}
      >
        {t('publish.run', { count, some: chosen.size > 0 ? 'yes' : 'no' })}
      </Button>
    </>
  );
  if (!all.data || !shown.data || !accounts) {
    return (
      <ScreenFrame title={t('publish.title')} tabs={tabs}>
        {error ? <ErrorNotice error={error} onRetry={() => void all.refetch()} /> : <Loading />}
      </ScreenFrame>
    );
  }
  const empty = all.data.total === 0;
  // What the channel said counts before what was worked out here.
  const preview = { ...shown.data, findings: [...answer.findings, ...shown.data.findings] };
  return (
    <ScreenFrame
      title={t('publish.title')}
      tabs={tabs}
      subtitle={
        empty ? undefined : t('publish.subtitle', { count: all.data.total, listings: all.data.listings })
      }
      actions={empty && !running ? undefined : button}
    >
      {scheduling && (
        <ScheduleForm
          pending={scheduling}
          accounts={accounts}
          onClose={() => setScheduling(null)}
          onDone={onScheduled}
        />
      )}
      {phase === 'running' && <PublishProgress />}
      {phase !== 'running' && phase !== 'idle' && <PublishOutcome accounts={accounts} fields={fields} />}
      <AskOutcome accounts={accounts} fields={fields} />
      <RejectedEarlier accounts={accounts} fields={fields} asked={asked === 'rejected'} />
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
            <FindingLanes preview={preview} fields={fields} />
            <ChangeTable
              key={JSON.stringify(scope)}
              scope={scope}
              total={total}
              preview={preview}
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
