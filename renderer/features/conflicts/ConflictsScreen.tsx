import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { Conflict } from '#shared/contract/publish.ts';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useEngine, useEngineQuery } from '../../lib/engine.tsx';
import { useFieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { alike, nextAfter } from './alike.ts';
import { ConflictCard } from './ConflictCard.tsx';
import { ConflictList } from './ConflictList.tsx';
import styles from './conflicts.module.css';
import { extend, markAll, markedOf, NO_MARKS, toggle } from './marks.ts';
import { RuleForm } from './RuleForm.tsx';
import { RulesPanel } from './RulesPanel.tsx';

export type Choice = 'mine' | 'theirs';

/** Cells that both sides changed, one decision after the other. */
export function ConflictsScreen() {
  const t = useText();
  const engine = useEngine();
  const fields = useFieldTexts();
  const go = useNavigation((navigation) => navigation.go);
  const wanted = useNavigation((navigation) => navigation.params['opId']);
  const list = useEngineQuery('conflicts.list', {});
  const accounts = useEngineQuery('channels.list', {}).data?.accounts;
  const [current, setCurrent] = useState<string | null>(wanted ?? null);
  const [marks, setMarks] = useState(NO_MARKS);
  const conflicts = useMemo(() => list.data?.conflicts ?? [], [list.data]);
  const marked = useMemo(() => markedOf(marks, conflicts), [marks, conflicts]);
  const shown = conflicts.find(({ opId }) => opId === current) ?? conflicts[0];

  const decide = useCallback(
    (conflict: Conflict, choice: Choice, own?: Conflict['mine']) => {
      // A typed value is for the one cell that it was typed for.
      const chosen = marked.length > 0 && own === undefined ? marked : [conflict];
      const opIds = chosen.map(({ opId }) => opId);
      const run = async (): Promise<void> => {
        if (own !== undefined) {
          const { listingId, field } = conflict;
          const { rejected } = await engine.call('listings.edit', {
            changes: [{ listingId, field, value: own }],
          });
          const [refused] = rejected;
          if (refused) return notifyError(new Error(fields.reason(refused.code, refused.message)));
        }
        const { resolved } = await engine.call('conflicts.resolve', { opIds, choice });
        setMarks((before) => markAll(before, chosen, false));
        setCurrent(nextAfter(conflicts, new Set(opIds), conflict.opId));
        notifyDone(t(`conflicts.decided.${choice}`, { count: resolved }));
      };
      run().catch(notifyError);
    },
    [engine, fields, conflicts, marked, t],
  );
  const step = useCallback(
    (by: 1 | -1) => {
      const at = conflicts.findIndex(({ opId }) => opId === shown?.opId);
      setCurrent(conflicts[at + by]?.opId ?? shown?.opId ?? null);
    },
    [conflicts, shown],
  );
  const [typing, setTyping] = useState(false);
  const [ruling, setRuling] = useState(false);
  const [rulesShown, setRulesShown] = useState(false);
  const actions = useMemo<Action[]>(() => {
    const group = t('conflicts.title');
    const disabled = !shown;
    return [
      {
        id: 'conflicts.mine',
        label: t('conflicts.mine.keep'),
        group,
        shortcut: '1',
        disabled,
        run: () => shown && decide(shown, 'mine'),
      },
      {
        id: 'conflicts.theirs',
        label: t('conflicts.theirs.take'),
        group,
        shortcut: '2',
        disabled,
        run: () => shown && decide(shown, 'theirs'),
      },
      {
        id: 'conflicts.own',
        label: t('conflicts.own'),
        group,
        shortcut: '3',
        disabled,
        run: () => setTyping(true),
      },
      {
        id: 'conflicts.rule',
        label: t('conflicts.rule.make'),
        group,
        shortcut: '4',
        disabled,
        run: () => setRuling(true),
      },
      {
        id: 'conflicts.rules',
        label: t('conflicts.rules'),
        group,
        shortcut: 'R',
        run: () => setRulesShown((before) => !before),
      },
      {
        id: 'conflicts.mark',
        label: t('conflicts.mark'),
        group,
        shortcut: 'M',
        disabled,
        run: () => shown && setMarks((before) => toggle(before, shown.opId)),
      },
      {
        id: 'conflicts.markAll',
        label: t('conflicts.mark.all'),
        group,
        shortcut: 'Shift+M',
        disabled,
        run: () => setMarks((before) => markAll(before, conflicts, true)),
      },
      {
        id: 'conflicts.next',
        label: t('conflicts.next'),
        group,
        shortcut: 'J',
        disabled,
        run: () => step(1),
      },
      {
        id: 'conflicts.previous',
        label: t('conflicts.previous'),
        group,
        shortcut: 'K',
        disabled,
        run: () => step(-1),
      },
    ];
  }, [t, shown, conflicts, decide, step]);
  useOffer('conflicts', actions);

  if (!list.data || !accounts) {
    return (
      <ScreenFrame title={t('conflicts.title')}>
        {list.error ? <ErrorNotice error={list.error} onRetry={() => void list.refetch()} /> : <Loading />}
      </ScreenFrame>
    );
  }
  const rulesButton = (
    <Button variant="default" onClick={() => setRulesShown(true)}>
      {t('conflicts.rules')}
    </Button>
  );
  const rules = rulesShown && (
    <RulesPanel accounts={accounts} fields={fields} onClose={() => setRulesShown(false)} />
  );
  if (!shown) {
    return (
      <ScreenFrame title={t('conflicts.title')} actions={rulesButton}>
        <EmptyState
          icon={IconCircleCheck}
          title={t('conflicts.empty.title')}
          text={t('conflicts.empty.text')}
          action={<Button onClick={() => go('publish')}>{t('conflicts.empty.publish')}</Button>}
        />
        {rules}
      </ScreenFrame>
    );
  }
  const account = accounts.find(({ accountId }) => accountId === shown.accountId);
  const fitting = alike(conflicts, shown);
  const markedIds = new Set(marked.map(({ opId }) => opId));
  return (
    <ScreenFrame
      title={t('conflicts.title')}
      subtitle={t('conflicts.count', { count: conflicts.length })}
      actions={rulesButton}
    >
      <div className={styles['screen']}>
        <ConflictList
          conflicts={conflicts}
          current={shown.opId}
          marked={markedIds}
          fields={fields}
          onChoose={setCurrent}
          onMark={(opId, range) =>
            setMarks((before) => (range ? extend(before, conflicts, opId) : toggle(before, opId)))
          }
          onMarkAll={(all) => setMarks(all ? markAll(NO_MARKS, conflicts, true) : NO_MARKS)}
        />
        <ConflictCard
          key={shown.opId}
          conflict={shown}
          account={account}
          alike={fitting.length}
          marked={marked.length}
          allAlikeMarked={fitting.every(({ opId }) => markedIds.has(opId))}
          typing={typing}
          fields={fields}
          onMarkAlike={(all) => setMarks((before) => markAll(before, fitting, all))}
          onUnmark={() => setMarks(NO_MARKS)}
          onTyping={setTyping}
          onDecide={(choice, own) => {
            setTyping(false);
            decide(shown, choice, own);
          }}
          onRule={() => setRuling(true)}
          onListing={() => go('listings', { listingId: shown.listingId })}
        />
      </div>
      {ruling && (
        <RuleForm
          key={shown.opId}
          conflict={shown}
          account={account}
          fields={fields}
          onClose={() => setRuling(false)}
        />
      )}
      {rules}
    </ScreenFrame>
  );
}
