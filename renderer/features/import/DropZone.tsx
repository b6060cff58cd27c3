import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { READ_FORMATS } from '#shared/contract/workspace.ts';
import { bridge } from '../../lib/bridge.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { pickImportFile } from './ImportActions.tsx';
import styles from './import.module.css';

/** Where an import begins: drop a file or pick one, and what can be read. */
export function DropZone({ choose }: { readonly choose: (file: string) => void }) {
  const t = useText();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    const path = file === undefined ? null : pathOf(file);
    setRefused(path === null);
    if (path !== null) choose(path);
  };
  return (
    <div
      className={styles['drop']}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <EmptyState
        icon={IconFileImport}
        title={t('import.drop.title')}
        text={t('import.drop.text')}
        action={<Button onClick={() => void pickImportFile(choose)}>{t('import.choose')}</Button>}
      />
      {refused && (
        <p className={styles['refused']} role="alert">
          {t('import.drop.refused')}
        </p>
      )}
      <dl className={styles['formats']}>
        {READ_FORMATS.map((format) => (
          <div key={format}>
            <dt>{t(`import.format.${format}`)}</dt>
            <dd>{t(`import.format.${format}.about`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The desktop's answer, or on older runtimes the file's own word. */
function pathOf(file: File): string | null {
  return (file as File & { readonly path?: string }).path || bridge().droppedFile(file);
}
