/** Whose second names ids are, since their customers were merged. */
export class SecondNames {
  private readonly owners = new Map<string, string>();

  get areAny(): boolean {
    return this.owners.size > 0;
  }

  /** The id that this one goes by. No circle: only who goes by a name of their own is given a second one. */
  of(id: string): string {
    let name = id;
    for (let owner = this.owners.get(name); owner !== undefined; owner = this.owners.get(name)) name = owner;
    return name;
  }

  add(id: string, owner: string): void {
    this.owners.set(id, owner);
  }
}
