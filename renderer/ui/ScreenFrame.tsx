import { use, useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './ScreenFrame.module.css';
import { TopBarContext } from './top-bar.ts';

export interface ScreenFrameProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  /** View tabs or filters, beside the title. */
  readonly tabs?: ReactNode;
  /** A search field, right of the tabs. */
  readonly search?: ReactNode;
  /** Buttons at the right end; the primary one last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Where each screen was scrolled to when it was left. */
const scrolled = new Map<string, number>();

/** One row of title, tabs, search and actions; the content fills the rest and scrolls by itself. */
export function ScreenFrame({ title, subtitle, tabs, search, actions, children }: ScreenFrameProps) {
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = content.current;
    if (!box) return undefined;
    box.scrollTop = scrolled.get(title) ?? 0;
    return () => {
      scrolled.set(title, box.scrollTop);
    };
  }, [title]);
  return (
    <section className={styles['frame']} aria-label={title}>
      <header className={styles['head']}>
        <div className={styles['titles']}>
          <h1 className={styles['title']}>{title}</h1>
          {subtitle !== undefined && <span className={styles['subtitle']}>{subtitle}</span>}
        </div>
        {tabs !== undefined && <div className={styles['tabs']}>{tabs}</div>}
        <div className={styles['end']}>
          {search}
          {actions}
          {use(TopBarContext)}
        </div>
      </header>
      <div ref={content} className={styles['content']}>
        {children}
      </div>
    </section>
  );
}
