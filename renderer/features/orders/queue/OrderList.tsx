// A table cannot be windowed: only the rows on the screen are in the document, so roles stand for its tags.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { OrderRow } from '#shared/contract/orders.ts';
import { useText } from '../../../lib/text.ts';
import styles from './OrderList.module.css';
import { OrderRowView } from './OrderRowView.tsx';
import type { Selection } from './selection.ts';
import { useRowHeight } from './use-row-height.ts';

export interface OrderListProps {
  readonly total: number;
  readonly rowAt: (index: number) => OrderRow | undefined;
  readonly selection: Selection;
  /** Told which rows are on the screen. */
  readonly onWindow: (first: number, last: number) => void;
  readonly onMove: (index: number) => void;
  readonly onToggle: (index: number) => void;
  readonly onRange: (index: number) => void;
  readonly onAll: () => void;
  readonly onClear: () => void;
  readonly onOpen: (index: number) => void;
  readonly label: string;
}

const COLUMNS = ['due', 'number', 'channel', 'customer', 'units', 'total', 'state', 'placed'] as const;
/** Rows above and below what can be seen, so that scrolling does not flash. */
const OVERSCAN = 8;
/** Chromium draws no taller box; nobody scrolls to the millionth order, they search for it. */
const MAX_HEIGHT = 30_000_000;

/**
 * The queue as a windowed list: only what can be seen is in the document, so a
 * hundred thousand orders scroll like a hundred. One stop for Tab; the active
 * row is told to screen readers by reference.
 */
export function OrderList(props: OrderListProps) {
  const { total, rowAt, selection, onWindow } = props;
  const t = useText();
  const height = useRowHeight();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const rows = Math.min(total, Math.floor(MAX_HEIGHT / height));
  const first = Math.max(0, Math.floor(view.top / height) - OVERSCAN);
  const last = Math.min(rows - 1, Math.ceil((view.top + view.height) / height) + OVERSCAN);
  const { index: active } = selection.active;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    onWindow(first, Math.max(first, last));
  }, [onWindow, first, last]);
  // Where nothing else has the focus, the keys belong to the queue.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus();
  }, []);
  // Only moving the hand scrolls; a queue that changes by itself stays where it is.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const top = active * height;
    const room = element.clientHeight - height - HEAD;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - room;
  }, [active, height]);

  const indexes: number[] = [];
  for (let index = first; index <= last; index += 1) indexes.push(index);
  return (
    <div
      ref={box}
      className={styles['list']}
      role="grid"
      aria-label={props.label}
      aria-multiselectable="true"
      aria-rowcount={total + 1}
      aria-colcount={COLUMNS.length}
      aria-activedescendant={active >= first && active <= last ? rowId(active) : undefined}
      tabIndex={0}
      onScroll={(event) =>
        setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
      onKeyDown={(event) => listKey(event, props, rows, Math.max(1, Math.floor(view.height / height) - 2))}
    >
      <div className={styles['head']} role="row" aria-rowindex={1}>
        {COLUMNS.map((column, index) => (
          <span key={column} role="columnheader" aria-colindex={index + 1} className={styles[column]}>
            {t(`orders.column.${column}`)}
          </span>
        ))}
      </div>
      <div className={styles['rows']} role="rowgroup" style={{ height: rows * height }}>
        {indexes.map((index) => (
          <OrderRowView
            key={index}
            id={rowId(index)}
            index={index}
            top={index * height}
            height={height}
            order={rowAt(index)}
            active={index === active}
            chosen={selection.chosen.has(rowAt(index)?.orderId ?? '')}
            onClick={(event) => {
              if (event.shiftKey) props.onRange(index);
              else if (event.ctrlKey || event.metaKey) props.onToggle(index);
              else {
                props.onMove(index);
                props.onClear();
                props.onOpen(index);
              }
            }}
          />
        ))}
      </div>
    </div>
  );
}

const HEAD = 32;
const rowId = (index: number): string => `order-row-${index}`;

function listKey(event: KeyboardEvent, props: OrderListProps, rows: number, page: number): void {
  const { index } = props.selection.active;
  const go = (to: number): void => {
    const target = Math.max(0, Math.min(rows - 1, to));
    if (event.shiftKey) props.onRange(target);
    else props.onMove(target);
  };
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') props.onAll();
  else if (event.ctrlKey || event.metaKey || event.altKey) return;
  else {
    switch (event.key) {
      case 'ArrowDown':
      case 'j':
      case 'J':
        go(index + 1);
        break;
      case 'ArrowUp':
      case 'k':
      case 'K':
        go(index - 1);
        break;
      case 'PageDown':
        go(index + page);
        break;
      case 'PageUp':
        go(index - page);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(rows - 1);
        break;
      case ' ':
        props.onToggle(index);
        break;
      case 'Enter':
        props.onOpen(index);
        break;
      case 'Escape':
        if (props.selection.chosen.size === 0) return;
        props.onClear();
        break;
      default:
        return;
    }
  }
  event.preventDefault();
}
