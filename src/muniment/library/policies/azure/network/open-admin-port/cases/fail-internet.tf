resource "azurerm_network_security_rule" "ssh" {
  name                   = "ssh"
  access                 = "Allow"
  direction              = "Inbound"
  protocol               = "*"
  destination_port_range = "20-30"
  source_address_prefix  = "Internet" # expect: fail
}
