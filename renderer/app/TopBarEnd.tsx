import { Button } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEngineQuery } from '../lib/engine.tsx';
import { useNavigation } from '../lib/navigation.ts';
import { useText } from '../lib/text.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { hasScreen } from './screens.tsx';
import styles from './TopBarEnd.module.css';

/** The same on every screen: the way to everything, and what has not been published yet. */
export function TopBarEnd() {
  const t = useText();
  const { screen, go } = useNavigation();
  const unpublished = useEngineQuery('status.get', {}).data?.unpublished ?? 0;
  return (
    <>
      <button type="button" className={styles['search']} onClick={() => spotlight.open()}>
        <IconSearch size={14} aria-hidden="true" />
        <span className={styles['words']}>{t('shell.palette.open')}</span>
        <KeyHint keys="mod+K" />
      </button>
      {unpublished > 0 && screen !== 'publish' && hasScreen('publish') && (
        // Lighter than a screen's own main button, which it stands beside.
        <Button variant="light" onClick={() => go('publish')}>
          {t('shell.publish', { count: unpublished })}
        </Button>
      )}
    </>
  );
}
