/** Where to go after signing in: the wanted page if it is one of ours, so that a crafted link cannot lead elsewhere. */
export function returnPath(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith('/') || wanted.startsWith('//') || wanted.includes('\\') || wanted.startsWith('/sign-in')) {
    return '/';
  }
  return wanted;
}
