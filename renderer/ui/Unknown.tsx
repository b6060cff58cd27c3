/** An unknown value: a dash, never a zero, with the reason on hover and for screen readers. */
export function Unknown({ reason }: { readonly reason: string }) {
  return (
    <span className="qs-muted" title={reason}>
      <span aria-hidden="true">–</span>
      <span className="qs-hidden">{reason}</span>
    </span>
  );
}
