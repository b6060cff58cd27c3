import DOMPurify from 'dompurify';
import { useEffect, useRef } from 'react';
import styles from './Paper.module.css';

export interface PaperProps {
  /** A whole page as the engine made it. */
  readonly html: string;
  readonly label: string;
}

/** The engine's page in a tree of its own, so that its styles and the window's never meet. */
export function Paper({ html, label }: PaperProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const page = new DOMParser().parseFromString(html, 'text/html');
    const style = [...page.querySelectorAll('style')].map((sheet) => sheet.textContent).join('\n');
    const sheet = window.document.createElement('style');
    // What is said of the body goes for the box that stands for it here.
    sheet.textContent = style.replaceAll(/(^|[\s,}])body(?=[\s,{.:])/g, '$1.page');
    const paper = window.document.createElement('div');
    paper.className = 'page';
    paper.lang = page.documentElement.lang;
    paper.append(DOMPurify.sanitize(page.body.innerHTML, { RETURN_DOM_FRAGMENT: true }));
    root.replaceChildren(sheet, paper);
  }, [html]);
  return (
    // A document is read by scrolling, so the keyboard has to reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['desk']} tabIndex={0} aria-label={label}>
      <div ref={host} className={styles['paper']} />
    </section>
  );
}
