/** Why a file is not imported. Nothing of it was. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';

  /**
   * @param reason for whoever wants to import it
   * @param line in which line of the file it is, the first is 1
   */
  constructor(reason: string, line?: number) {
    super(line === undefined ? reason : `Line ${line}: ${reason}`);
  }
}
