import DOMPurify from 'dompurify';
import { useMemo } from 'react';
import { canonicalDate } from '#shared/grid/date-text.ts';

/** The calendar of a date editor; its field keeps the keyboard. */
export function DatePicker(props: { value: unknown; label: string; onPick: (date: string) => void }) {
  const { value, label, onPick } = props;
  const initial = typeof value === 'string' ? canonicalDate(value).slice(0, 10) : '';
  return (
    <input
      className="qs-editor-date"
      type="date"
      aria-label={label}
      tabIndex={-1}
      defaultValue={initial}
      onChange={(event) => {
        if (event.currentTarget.value !== '') onPick(event.currentTarget.value);
      }}
    />
  );
}

/** Neither loads nor runs nor leads anywhere: only how the text is laid out. */
const PREVIEW = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ['style', 'img', 'form', 'input', 'button', 'textarea', 'select', 'video', 'audio', 'picture'],
  FORBID_ATTR: ['style', 'href', 'src', 'class', 'id', 'name'],
};

/** What the HTML beside it will look like. */
export function HtmlPreview({ html, label }: { readonly html: string; readonly label: string }) {
  const clean = useMemo(() => DOMPurify.sanitize(html, PREVIEW), [html]);
  return (
    <section className="qs-editor-preview" aria-label={label} dangerouslySetInnerHTML={{ __html: clean }} />
  );
}
