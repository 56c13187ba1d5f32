/** What we use of npm's `kavenegar` 2.0.2, which brings no types. */
declare module 'kavenegar' {
  type Params = Readonly<Record<string, string>>;

  /** `Reply` is whatever `request` calls back with: the package's methods hand the callback on to it untouched. */
  interface KavenegarApi<Reply> {
    /** Public and replaceable: every method goes through it. */
    request: (action: string, method: string, params: Params, callback: (reply: Reply) => void) => void;
    Send(params: Params, callback: (reply: Reply) => void): void;
    VerifyLookup(params: Params, callback: (reply: Reply) => void): void;
    CallMakeTTS(params: Params, callback: (reply: Reply) => void): void;
    Receive(params: Params, callback: (reply: Reply) => void): void;
    Status(params: Params, callback: (reply: Reply) => void): void;
    AccountInfo(params: Params, callback: (reply: Reply) => void): void;
    StatusLocalMessageid(params: Params, callback: (reply: Reply) => void): void;
  }

  const kavenegar: {
    KavenegarApi<Reply>(options: { readonly apikey: string }): KavenegarApi<Reply>;
  };
  export type { KavenegarApi, Params };
  export default kavenegar;
}
