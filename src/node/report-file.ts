export function writeReport(folder: string): void {
  void folder;
}
