/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-place.h"
#include "engine.h"

G_BEGIN_DECLS

/* For a client with the real engine on the same thread as its server: no network in between. Ended with its
 * own free function, as every transport. */
BatonTransport *near_transport_new (Place *place);

G_END_DECLS
