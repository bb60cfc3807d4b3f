variable "source_network" {
  type = string
}

resource "azurerm_network_security_rule" "rdp" {
  name                   = "rdp"
  access                 = "Allow"
  direction              = "Inbound"
  protocol               = "Tcp"
  destination_port_range = "3389"
  source_address_prefix  = var.source_network
}
