/** The product's mark: a field line between two poles. */
export function BrandMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" fill="var(--fl-accent)" />
      <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
        <path d="M6 11c5 0 6 0 10 5s5 5 10 5" />
        <path d="M6 21c5 0 6 0 10-5s5-5 10-5" opacity=".45" />
      </g>
      <circle cx="6.5" cy="11" r="2.3" fill="#fff" />
      <circle cx="25.5" cy="21" r="2.3" fill="#fff" />
    </svg>
  );
}
