/** Cognito's API, called with plain requests. */

import { fetchInTime, ServerFailed } from "./connection.ts";

/** A user pool and its app client. */
export interface Pool {
  readonly user_pool_id: string;
  readonly client_id: string;
}

export interface Tokens {
  readonly id_token: string;
  readonly access_token: string;
  readonly refresh_token: string;
}

/** Signing in goes on with what a challenge asks for, such as a new password. */
export interface Challenge {
  readonly name: string;
  readonly session: string;
}

/** Cognito refused. `code` is its name of the error, such as `NotAuthorizedException`. */
export class CognitoRefused extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

interface Authentication {
  readonly AuthenticationResult?: {
    readonly IdToken: string;
    readonly AccessToken: string;
    readonly RefreshToken?: string;
  };
  readonly ChallengeName?: string;
  readonly Session?: string;
}

export class Cognito {
  constructor(readonly url: string, readonly pool: Pool) {}

  /** Sign in. The answer is the tokens, or what Cognito asks for next. */
  async signIn(username: string, password: string): Promise<Tokens | Challenge> {
    return outcome(
      await this.call<Authentication>("InitiateAuth", {
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
    );
  }

  /** Answer a challenge. The next one may follow. */
  async respond(
    { name, session }: Challenge,
    username: string,
    responses: Record<string, string>,
  ): Promise<Tokens | Challenge> {
    return outcome(
      await this.call<Authentication>("RespondToAuthChallenge", {
        ChallengeName: name,
        ChallengeResponses: { USERNAME: username, ...responses },
        Session: session,
      }),
    );
  }

  /** Exchange a refresh token, which is valid once, for new tokens. */
  async refresh(refreshToken: string): Promise<Tokens> {
    const answer = await this.call<Authentication>("GetTokensFromRefreshToken", {
      RefreshToken: refreshToken,
    });
    const renewed = outcome(answer, refreshToken);
    if ("session" in renewed) throw new CognitoRefused(renewed.name, "A challenge.");
    return renewed;
  }

  /** Have a code sent. The answer is the same for a name that nobody has. */
  async forgotPassword(username: string): Promise<void> {
    await this.call("ForgotPassword", { Username: username });
  }

  async confirmForgotPassword(username: string, code: string, password: string): Promise<void> {
    await this.call("ConfirmForgotPassword", {
      Username: username,
      ConfirmationCode: code,
      Password: password,
    });
  }

  async revoke(refreshToken: string): Promise<void> {
    await this.call("RevokeToken", { Token: refreshToken });
  }

  /** Call any other action of the app client. @throws CognitoRefused */
  async call<Answer>(action: string, body: Record<string, unknown>): Promise<Answer> {
    const response = await fetchInTime(this.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${action}`,
      },
      body: JSON.stringify({ ClientId: this.pool.client_id, ...body }),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer as Answer;
    const code = String(answer.__type ?? "").split("#").pop() ?? "";
    // All users together may ask too much: that says nothing about this one.
    if (response.status >= 500 || code === "TooManyRequestsException") throw new ServerFailed();
    throw new CognitoRefused(code, String(answer.message ?? ""));
  }
}

function outcome(answer: Authentication, refreshToken = ""): Tokens | Challenge {
  const result = answer.AuthenticationResult;
  if (!result) return { name: answer.ChallengeName ?? "", session: answer.Session ?? "" };
  return {
    id_token: result.IdToken,
    access_token: result.AccessToken,
    refresh_token: result.RefreshToken ?? refreshToken,
  };
}
