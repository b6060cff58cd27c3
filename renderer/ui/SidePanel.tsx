import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useText } from '../lib/text.ts';
import styles from './SidePanel.module.css';

export interface SidePanelProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  /** Pixels; default 420. Never wider than the screen. */
  readonly width?: number;
  readonly children?: ReactNode;
}

/**
 * Slides in over the right edge of the nearest positioned box and leaves the
 * rest usable: it is for looking at things, so it is no modal and takes no
 * focus. Escape closes it while the focus is in it or nowhere in particular.
 */
export function SidePanel({ title, onClose, width = 420, children }: SidePanelProps) {
  const t = useText();
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const at = document.activeElement;
      const free = at === null || at === document.body || (panel.current?.contains(at) ?? false);
      if (!free) return;
      event.preventDefault();
      onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside ref={panel} className={styles['panel']} style={{ width }} aria-labelledby={id}>
      <header className={styles['head']}>
        <h2 id={id} className={styles['title']}>
          {title}
        </h2>
        <ActionIcon aria-label={t('shell.close')} title={t('shell.close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={styles['body']}>{children}</div>
    </aside>
  );
}
