/** Offsets in the source. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export type ComparisonOperator = '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

export interface ValueNode extends Place {
  readonly op: 'value';
  readonly value: null | boolean | number | string;
}

export interface NameNode extends Place {
  readonly op: 'name';
  readonly name: string;
}

export interface FieldNode extends Place {
  readonly op: 'field';
  readonly of: Node;
  readonly name: string;
  readonly namePlace: Place;
}

export interface IndexNode extends Place {
  readonly op: 'index';
  readonly of: Node;
  readonly at: Node;
}

export interface CallNode extends Place {
  readonly op: 'call';
  readonly name: string;
  readonly namePlace: Place;
  /** What stands before the dot: `text.contains("a")`. */
  readonly receiver: Node | undefined;
  readonly args: readonly Node[];
}

export interface ListNode extends Place {
  readonly op: 'list';
  readonly items: readonly Node[];
}

export interface MapNode extends Place {
  readonly op: 'map';
  readonly entries: readonly (readonly [Node, Node])[];
}

export interface ChoiceNode extends Place {
  readonly op: 'choice';
  readonly condition: Node;
  readonly then: Node;
  readonly otherwise: Node;
}

export interface LogicNode extends Place {
  readonly op: 'and' | 'or';
  readonly sides: readonly Node[];
}

export interface NotNode extends Place {
  readonly op: 'not';
  readonly of: Node;
}

export interface NegativeNode extends Place {
  readonly op: 'negative';
  readonly of: Node;
}

export interface BinaryNode extends Place {
  readonly op: 'binary';
  readonly operator: ComparisonOperator | ArithmeticOperator | '==' | '!=' | 'in';
  readonly left: Node;
  readonly right: Node;
}

/** An expression as it was written: the parser's tree, brought down to what the language has. */
export type Node =
  | ValueNode
  | NameNode
  | FieldNode
  | IndexNode
  | CallNode
  | ListNode
  | MapNode
  | ChoiceNode
  | LogicNode
  | NotNode
  | NegativeNode
  | BinaryNode;
