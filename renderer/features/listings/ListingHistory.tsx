import { useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import styles from './listings.module.css';

/** Commands that touched this listing, newest first; each opens in the history. */
export function ListingHistory({ listingId }: { readonly listingId: string }) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const { data, error } = useEngineQuery('history.list', { listingId, limit: 100 });
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loading />;
  if (data.commands.length === 0) return <p className="qs-muted">{t('listings.history.none')}</p>;
  return (
    <ul className={styles['plainList']}>
      {data.commands.map(({ commandId, label, at, actor, undoneBy }) => (
        <li key={commandId}>
          <button
            type="button"
            className={styles['linkRow']}
            onClick={() => go('history', { commandId, listingId })}
          >
            <span className={undoneBy === null ? undefined : styles['was']}>{label}</span>
            <span className="qs-muted">
              {actor.startsWith('channel:') ? `${actor.slice('channel:'.length)} · ` : ''}
              <Age at={at} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
