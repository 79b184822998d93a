/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

/* What goes to the workspace and comes from it (PROTOCOL.md, sections 5 to 9). */

#include "routes.h"

#include "allow.h"
#include "id.h"
#include "served.h"
#include "server-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The text of an answer goes out as it is, with the Retry-After that it speaks of. */
static void
answer_cb (guint status, GString *text, gpointer data)
{
  g_autoptr (BatonRequest) request = data;
  gsize length = text->len;

  if (status == 503 || status == 507)
    soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Retry-After",
        status == 507 ? "60" : "5");
  baton_request_reply_take (request, status, g_string_free (text, FALSE), length);
}

static void
pushed_cb (guint status, GString *text, gpointer data)
{
  BatonRequest *request = data;
  BatonCounters *counters = &request->server->counters;

  for (const char *p = text->str; status == 200 && (p = strstr (p, "{\"n\":")) != NULL; p++)
    {
      const char *comma = strchr (p, ',');

      if (comma != NULL && g_str_has_prefix (comma, ",\"seq\""))
        counters->accepted++;
      else if (comma != NULL && g_str_has_prefix (comma, ",\"no\""))
        counters->refused++;
      else
        break;
    }
  answer_cb (status, text, data);
}

void
baton_route_hello (BatonRequest *request)
{
  baton_served_hello (request->server->served, request->session != NULL, request->body, answer_cb,
      baton_request_ref (request));
}

/* Whether this account may speak for the device. */
static gboolean
check_device (BatonRequest *request, const char *device)
{
  g_autoptr (GError) error = NULL;

  if (device == NULL || !baton_id_is_valid (device))
    baton_request_fail (request, 400, "bad-request", _ ("The device’s id is missing."), 0);
  else if (!baton_devices_claim (request->server->devices, device, request->session->person, &error))
    baton_request_fail_error (request, error);
  return request->status == 0;
}

static int
protocol_of (BatonRequest *request)
{
  const char *text = baton_request_header (request, "Baton-Protocol");

  return text != NULL && g_str_equal (text, "1") ? 1 : 2;
}

void
baton_route_push (BatonRequest *request)
{
  g_autofree char *device =
      baton_json_peek ((const char *) request->body->data, request->body->len, "device");

  if (check_device (request, device))
    baton_served_push (request->server->served, request->session->person, request->session->role,
        protocol_of (request), request->body, pushed_cb, baton_request_ref (request));
}

static gboolean
check_numbers (BatonRequest *request, gboolean ok, const char *epoch)
{
  if (ok && epoch != NULL)
    return TRUE;
  baton_request_fail (request, 400, "bad-request", _ ("The epoch or a number is missing."), 0);
  return FALSE;
}

void
baton_route_pull (BatonRequest *request)
{
  gboolean ok = TRUE;
  const char *epoch = baton_request_query (request, "epoch");
  gint64 after = baton_request_query_int (request, "after", 0, &ok);
  gint64 most = baton_request_query_int (request, "most", 1000, &ok);

  if (check_numbers (request, ok, epoch))
    baton_served_pull (request->server->served, epoch, baton_request_query (request, "device"), after,
        (guint) MIN (most, G_MAXINT), answer_cb, baton_request_ref (request));
}

void
baton_route_history (BatonRequest *request)
{
  gboolean ok = TRUE;
  const char *epoch = baton_request_query (request, "epoch");
  gint64 before = baton_request_query_int (request, "before", G_MAXINT64, &ok);
  gint64 most = baton_request_query_int (request, "most", 1000, &ok);

  if (check_numbers (request, ok, epoch))
    baton_served_history (request->server->served, epoch, before, (guint) MIN (most, G_MAXINT), answer_cb,
        baton_request_ref (request));
}

void
baton_route_snapshot (BatonRequest *request)
{
  const char *board = baton_request_query (request, "board");
  const char *device = baton_request_query (request, "device");

  if (board != NULL && !baton_id_is_valid (board))
    baton_request_fail (request, 400, "bad-request", _ ("The board’s id is not one."), 0);
  else
    baton_served_snapshot (request->server->served, board, device != NULL ? device : request->session->device,
        answer_cb, baton_request_ref (request));
}

void
baton_route_snapshot_part (BatonRequest *request)
{
  guint64 part;

  if (!g_ascii_string_to_unsigned (request->parts[1], 10, 0, G_MAXUINT32, &part, NULL))
    baton_request_fail (request, 404, "not-found", _ ("There is nothing here."), 0);
  else
    baton_served_snapshot_part (
        request->server->served, request->parts[0], (guint) part, answer_cb, baton_request_ref (request));
}
