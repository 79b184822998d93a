/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

/* What a browser shows for an invitation: URL/join#SECRET. The secret stands behind the “#”, so it never
 * reaches the server; the page makes of it the link that Baton opens. */

#include "routes.h"

#include "baton-config.h"

#include <glib/gi18n-lib.h>

static const char script[] =
    "const secret = location.hash.slice(1);"
    "const link = document.getElementById('open');"
    "if (/^[A-Za-z0-9_-]{43}$/.test(secret)) {"
    "link.href = 'baton://join?server=' + encodeURIComponent(location.origin) + '&invitation=' + secret;"
    "document.getElementById('link').textContent = link.href;"
    "} else { document.body.className = 'none'; }";

static const char style[] =
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#222;"
    "background:#fafafa}h1{font-size:1.6rem}a{display:inline-block;padding:.6rem 1.4rem;border-radius:.6rem;"
    "background:#1c71d8;color:#fff;text-decoration:none}code{display:block;overflow-wrap:anywhere;padding:."
    "8rem;"
    "border-radius:.6rem;background:#0001}.none .there,.gone{display:none}.none .gone{display:block}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#222}code{background:#fff1}}";

/* Only this script and this style may do anything on the page. */
static char *
source_of (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *encoded = NULL;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &length);
  encoded = g_base64_encode (digest, length);
  return g_strdup_printf ("'sha256-%s'", encoded);
}

void
baton_route_join_page (BatonRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autofree char *script_source = source_of (script);
  g_autofree char *style_source = source_of (style);
  g_autofree char *policy = g_strdup_printf ("default-src 'none'; script-src %s; style-src %s; base-uri "
                                             "'none'; form-action 'none'; frame-ancestors 'none'",
      script_source, style_source);
  char *page = g_strdup_printf (
      "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\">"
      "<meta name=\"referrer\" content=\"no-referrer\"><title>Baton</title><style>%s</style></head><body>"
      "<h1>%s</h1><div class=\"there\"><p>%s</p><p><a id=\"open\">%s</a></p><p>%s</p><p><code "
      "id=\"link\"></code></p>"
      "</div><p class=\"gone\">%s</p><script>%s</script></body></html>",
      style, _ ("You are invited to a board"),
      _ ("Baton is a program for your computer. If it is installed, open the invitation in it:"),
      _ ("Open in Baton"), _ ("If nothing happens, start Baton, choose to join a team, and paste this link:"),
      _ ("This link is not complete. Ask for it again."), script);

  baton_request_reply_take (request, 200, page, strlen (page));
  soup_message_headers_replace (headers, "Content-Type", "text/html; charset=utf-8");
  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
}
