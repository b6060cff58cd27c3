import type { Draft } from '#shared/contract/drafts.ts';
import { useText } from '../../lib/text.ts';
import styles from './drafts.module.css';

export interface DraftListProps {
  readonly drafts: readonly Draft[];
  readonly current: string;
  readonly onChoose: (draftId: string) => void;
}

export function DraftList({ drafts, current, onChoose }: DraftListProps) {
  const t = useText();
  return (
    <nav className={styles['list']} aria-label={t('drafts.title')}>
      {drafts.map(({ draftId, name, state, cells }) => (
        <button
          key={draftId}
          type="button"
          className={styles['entry']}
          aria-current={draftId === current}
          onClick={() => onChoose(draftId)}
        >
          <span>{name}</span>
          <span className="qs-muted">
            {t(`drafts.state.${state}`)} · {t('drafts.cells', { count: cells })}
          </span>
        </button>
      ))}
    </nav>
  );
}
