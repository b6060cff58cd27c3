import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconGitBranch } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState, type FormEvent } from 'react';
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
import { DraftDetail } from './DraftDetail.tsx';
import { DraftList } from './DraftList.tsx';
import styles from './drafts.module.css';

const LIVING = ['open', 'review', 'approved'] as const;

/** Sets of changes apart from the live cells: who made them, who approved them, and what they would change. */
export function DraftsScreen() {
  const t = useText();
  const engine = useEngine();
  const fields = useFieldTexts();
  const wanted = useNavigation((navigation) => navigation.params['draftId']);
  const [closed, setClosed] = useState(false);
  const [current, setCurrent] = useState<string | null>(wanted ?? null);
  const [name, setName] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { data, error, refetch } = useEngineQuery('drafts.list', closed ? {} : { states: [...LIVING] }, {
    keep: true,
  });
  const drafts = useMemo(() => data?.drafts ?? [], [data]);
  const shown = drafts.find(({ draftId }) => draftId === current) ?? drafts[0];
  const create = useCallback(
    (event: FormEvent) => {
      event.preventDefault();
      if (name.trim() === '') return;
      const begin = async (): Promise<void> => {
        const { draft } = await engine.call('drafts.create', { name: name.trim() });
        setCurrent(draft.draftId);
        setName('');
        notifyDone(t('drafts.created', { name: draft.name }));
      };
      begin().catch(notifyError);
    },
    [engine, name, t],
  );
  const actions = useMemo<Action[]>(
    () => [
      {
        id: 'drafts.new',
        label: t('drafts.new'),
        group: t('drafts.title'),
        shortcut: 'N',
        run: () => input.current?.focus(),
      },
    ],
    [t],
  );
  useOffer('drafts', actions);
  const form = (
    <form className={styles['form']} onSubmit={create}>
      <TextInput
        ref={input}
        aria-label={t('drafts.name')}
        placeholder={t('drafts.name')}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {t('drafts.new')}
      </Button>
    </form>
  );
  const tabs = (
    <Checkbox
      label={t('drafts.closed')}
      checked={closed}
      onChange={(event) => setClosed(event.currentTarget.checked)}
    />
  );
  if (!data) {
    return (
      <ScreenFrame title={t('drafts.title')}>
        {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loading />}
      </ScreenFrame>
    );
  }
  return (
    <ScreenFrame title={t('drafts.title')} tabs={tabs} actions={form}>
      {shown ? (
        <div className={styles['screen']}>
          <DraftList drafts={drafts} current={shown.draftId} onChoose={setCurrent} />
          <DraftDetail key={shown.draftId} draftId={shown.draftId} fields={fields} />
        </div>
      ) : (
        <EmptyState icon={IconGitBranch} title={t('drafts.empty.title')} text={t('drafts.empty')} />
      )}
    </ScreenFrame>
  );
}
