import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyError } from '../../ui/notify.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { NewPlace } from './NewPlace.tsx';
import styles from './inventory.module.css';

/** Locations and bins: rename them, archive what is empty, take it back, add new ones. */
export function PlacesPanel({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const { data, error } = useEngineQuery('inventory.locations', { all: true });
  const location = useEngineCommand('inventory.editLocation');
  const bin = useEngineCommand('inventory.editBin');
  const said = { onError: notifyError };
  const own = data?.locations.filter(({ kind }) => kind !== 'transit') ?? [];
  return (
    <SidePanel title={t('inventory.placesPanel')} onClose={onClose} width={480}>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {own.map((place) => (
        <section key={place.locationId} className={styles['section']}>
          <Place
            name={place.name}
            archived={place.archived}
            hint={place.main ? t('inventory.place.main') : ''}
            onRename={(name) => location.mutate({ locationId: place.locationId, name }, said)}
            onArchive={(archived) => location.mutate({ locationId: place.locationId, archived }, said)}
          />
          {place.bins.map(({ binId, code, archived }) => (
            <div key={binId} className={styles['inner']}>
              <Place
                name={code}
                archived={archived}
                hint=""
                onRename={(next) => bin.mutate({ binId, code: next }, said)}
                onArchive={(next) => bin.mutate({ binId, archived: next }, said)}
              />
            </div>
          ))}
        </section>
      ))}
      {data && <NewPlace locations={data.locations.filter(({ archived }) => !archived)} />}
    </SidePanel>
  );
}

interface PlaceProps {
  readonly name: string;
  readonly archived: boolean;
  readonly hint: string;
  readonly onRename: (name: string) => void;
  readonly onArchive: (archived: boolean) => void;
}

function Place({ name, archived, hint, onRename, onArchive }: PlaceProps) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const text = draft?.trim() ?? '';
    if (text !== '' && text !== name) onRename(text);
    setDraft(null);
  };
  if (draft !== null) {
    return (
      <form className={styles['placeRow']} onSubmit={submit}>
        <TextInput
          aria-label={t('inventory.place.rename', { name })}
          value={draft}
          data-autofocus
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-xs" variant="default">
          {t('inventory.place.save')}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={() => setDraft(null)}>
          {t('inventory.place.keep')}
        </Button>
      </form>
    );
  }
  return (
    <div className={styles['placeRow']}>
      <span>
        {archived ? <s>{name}</s> : name}
        {(hint !== '' || archived) && (
          <span className="qs-muted"> · {archived ? t('inventory.place.archived') : hint}</span>
        )}
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={t('inventory.place.rename', { name })}
        onClick={() => setDraft(name)}
      >
        {t('inventory.place.rename.do')}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={t(archived ? 'inventory.place.use' : 'inventory.place.archive', { name })}
        onClick={() => onArchive(!archived)}
      >
        {t(archived ? 'inventory.place.use.do' : 'inventory.place.archive.do')}
      </Button>
    </div>
  );
}
