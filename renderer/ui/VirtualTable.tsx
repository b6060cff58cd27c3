import { useLayoutEffect, useRef, useState, type ReactNode, type UIEvent } from 'react';
import styles from './VirtualTable.module.css';

export interface VirtualTableProps {
  /** Rows of the whole list. */
  readonly count: number;
  /** Pixels; every row is as high. */
  readonly rowHeight?: number;
  /** Accessible name. */
  readonly label: string;
  /** Widths of the columns, from left to right; `auto` takes what is left. */
  readonly widths: readonly (number | 'auto')[];
  /** Cells of the head, `<th scope="col">` each. */
  readonly head: ReactNode;
  /** Cells of a row, `<td>` each. */
  readonly renderRow: (index: number) => ReactNode;
  /** First and last row in sight; for reading the pages they lie on. */
  readonly onVisible?: (first: number, last: number) => void;
}

const OVERSCAN = 8;
const DEFAULT_ROW = 32;

/** A real table of any length: rows out of sight are two spacers, so that scrolling and counting stay honest. */
export function VirtualTable(props: VirtualTableProps) {
  const { count, rowHeight = DEFAULT_ROW, label, widths, head, renderRow, onVisible } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() =>
      setPlace((before) => ({ ...before, height: element.clientHeight })),
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(place.top / rowHeight) - OVERSCAN);
  const last = Math.min(count - 1, Math.ceil((place.top + place.height) / rowHeight) + OVERSCAN);
  const told = useRef('');
  useLayoutEffect(() => {
    const now = `${first} ${last}`;
    if (told.current === now) return;
    told.current = now;
    onVisible?.(first, last);
  }, [first, last, onVisible]);
  const onScroll = (event: UIEvent<HTMLDivElement>): void => {
    const top = event.currentTarget.scrollTop;
    setPlace((before) => (Math.abs(before.top - top) < rowHeight && top !== 0 ? before : { ...before, top }));
  };
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
  return (
    // The scroller takes the focus so that the keyboard scrolls it.
    <section
      ref={scroller}
      className={styles['scroller']}
      onScroll={onScroll}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
    >
      <table className={styles['table']} aria-rowcount={count + 1} style={{ minWidth: leastWidth(widths) }}>
        <colgroup>
          {widths.map((width, index) => (
            <col key={index} style={width === 'auto' ? undefined : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>
          {first > 0 && <Spacer height={first * rowHeight} columns={widths.length} />}
          {shown.map((index) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: rowHeight }}>
              {renderRow(index)}
            </tr>
          ))}
          {last < count - 1 && <Spacer height={(count - 1 - last) * rowHeight} columns={widths.length} />}
        </tbody>
      </table>
    </section>
  );
}

/** Narrower than this the table scrolls sideways instead of cutting its words. */
const LEAST_AUTO = 120;

function leastWidth(widths: VirtualTableProps['widths']): number {
  return widths.reduce<number>((sum, width) => sum + (width === 'auto' ? LEAST_AUTO : width), 0);
}

function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }}>
        {' '}
      </td>
    </tr>
  );
}
